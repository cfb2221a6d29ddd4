print("C")
import greet
import greet

print("D")
greet.hello()
