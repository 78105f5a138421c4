"""Published figures belong to the app `reports`; their table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("dashboard", "0001_initial"), ("reports", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="PublishedFigures")]),
    ]
