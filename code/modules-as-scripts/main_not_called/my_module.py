def main():
    print("Hello from my_module!")
