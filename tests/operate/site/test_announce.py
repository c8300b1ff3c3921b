"""What ``preau demo`` says once the site answers."""

import click

from preau.operate.site.announce import announcement

PEOPLE = [
    {"name": "Ada", "email": "ada@demo.example", "password": "demo-1", "role": "learner"},
    {"name": "Théo", "email": "theodore@demo.example", "password": "demo-1", "role": "tutor"},
]


def test_it_names_the_address_the_people_and_the_password_once():
    said = click.unstyle(announcement("http://127.0.0.1:8000", PEOPLE, "/s/mail"))
    assert said == (
        "\n  Préau is ready:  http://127.0.0.1:8000\n"
        "\n    ada@demo.example        Ada, learner"
        "\n    theodore@demo.example   Théo, tutor\n"
        "\n  Password of them all:  demo-1"
        "\n  Letters are written to /s/mail"
        "\n  Ctrl-C ends it.\n"
    )
