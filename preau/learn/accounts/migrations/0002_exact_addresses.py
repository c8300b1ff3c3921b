"""On MariaDB and MySQL, one e-mail address never passes for another that looks alike.

Their usual collations take á for a. SQLite and PostgreSQL compare exactly anyway.
"""

from django.db import migrations

_COLUMNS = (("accounts_person", "email"), ("account_emailaddress", "email"))


def compare_exactly(apps, schema_editor):
    if schema_editor.connection.vendor != "mysql":
        return
    for table, column in _COLUMNS:
        schema_editor.execute(
            f"ALTER TABLE {table} MODIFY {column} varchar(254)"
            " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL"
        )


class Migration(migrations.Migration):
    atomic = False  # MariaDB cannot take back a change of a table

    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(compare_exactly, migrations.RunPython.noop)]
