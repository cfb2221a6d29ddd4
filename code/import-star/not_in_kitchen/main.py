from kirana import *
