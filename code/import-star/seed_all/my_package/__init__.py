__all__ = ['module1', 'module2']
