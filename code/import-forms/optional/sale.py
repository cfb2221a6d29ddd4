try:
    import banner
except ModuleNotFoundError:
    banner = None

print(banner.frame("Sale"))
