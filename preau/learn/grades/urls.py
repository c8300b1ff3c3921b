"""Addresses of marks."""

from django.urls import path

from preau.learn.grades import views

app_name = "grades"
urlpatterns = [
    path("runs/<slug:run_key>/marks/", views.mine, name="mine"),
    path("runs/<slug:run_key>/marks/everybody/", views.everybody, name="everybody"),
    path("runs/<slug:run_key>/marks/marks.csv", views.csv, name="csv"),
]
