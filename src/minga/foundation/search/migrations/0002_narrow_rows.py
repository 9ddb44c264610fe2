from django.db import migrations

# Ranking reads many rows and hardly any body: long bodies go out of the row, so that more rows fit a page.
NARROW = """
    ALTER TABLE search_document ALTER COLUMN vector SET STORAGE MAIN;
    ALTER TABLE search_document SET (toast_tuple_target = 1000);
"""
USUAL = """
    ALTER TABLE search_document ALTER COLUMN vector SET STORAGE EXTENDED;
    ALTER TABLE search_document RESET (toast_tuple_target);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunSQL(NARROW, USUAL)]
