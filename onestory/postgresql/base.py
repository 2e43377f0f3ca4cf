"""A connection that remembers how to answer what is asked of it again and again.

Every policy is a part of the plan of every statement that touches its table, so that planning takes
longer than answering. PostgreSQL plans a prepared statement a few times and then keeps the plan; when
a policy, a table or a role changes it makes the plan anew by itself.
"""

from django.db.backends.postgresql import base

# A statement is prepared when it is asked for the second time. All pages together know some
# hundreds; with less room than that they would take each other's place.
PREPARED_FROM = 1
PREPARED_AT_MOST = 600


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        connection.prepare_threshold = PREPARED_FROM
        connection.prepared_max = PREPARED_AT_MOST
        return connection
