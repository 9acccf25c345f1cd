"""Run by Alembic on the connection that `bot.store.migrate` opened."""

from alembic import context

from bot.store.tables import load_metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=load_metadata(),
    render_as_batch=True,  # SQLite can't alter most things in place
    transactional_ddl=True,  # ours begins its own transactions on SQLite, so DDL rolls back too
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
