"""How Alembic runs the migrations: on the connection, and in the transaction, that open_store holds."""

from alembic import context

from matcher.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
context.run_migrations()
