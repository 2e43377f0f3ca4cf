app_name = "sealed"
urlpatterns = []
