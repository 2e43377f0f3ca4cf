app_name = "marac"
urlpatterns = []
