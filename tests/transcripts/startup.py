"""Run by Python before a recorded `>>>` session: prompts that no output may hold."""

import sys

sys.ps1, sys.ps2 = "\x01\x02", "\x01\x03"
del sys
