import site

site.addsitedir("extra")
import kirana

print("open:", kirana.OPEN)
