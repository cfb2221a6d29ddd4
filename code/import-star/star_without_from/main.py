import math.*
