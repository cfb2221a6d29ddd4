from prices import *
