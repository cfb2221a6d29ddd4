from math import ceil

from stock import (
    COUNT,
    ITEM,
)


def chart(per_box):
    from drawing import bar

    print(ITEM, bar(ceil(COUNT / per_box)))


print("start")
chart(6)
chart(12)
print(bar(3))
