import sys

sys.modules["sqlite3"] = None

import sqlite3
