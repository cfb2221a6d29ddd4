from offers import *
