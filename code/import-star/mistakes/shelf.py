from stock import *
