app_name = "therapy"
urlpatterns = []
