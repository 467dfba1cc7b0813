using Npgsql;

namespace Atlas.Database;

/// <summary>A look at a database before it is used.</summary>
public static class DatabaseExamination
{
    // A pooler gives its clients a number of its own, because their statements run in changing processes of the server. What Orleans
    // would find behind it has to be ours: the queries of another Orleans lead to the tables of that one.
    private const string Question = """
        SELECT pg_backend_pid(), EXISTS (
          SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.oid = to_regclass('orleansquery') AND n.nspname <> 'orleans'
             AND (c.relkind <> 'v' OR pg_get_viewdef(c.oid) NOT LIKE '%orleans.orleansquery%'))
        """;

    /// <summary>Connects once, and returns the database in the way in which it is to be used: where a pooler such as PgBouncer stands
    /// in between, without prepared statements, which do not survive there.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DatabaseUnavailableException">It cannot be used now; the message says why and what to do.</exception>
    /// <exception cref="DatabaseEncodingException">Its encoding is not UTF-8.</exception>
    public static async Task<AtlasDatabase> ExamineAsync(this AtlasDatabase database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var source = database.CreateDataSource(once =>
        {
            (once.Pooling, once.MaxAutoPrepare) = (false, 0);
            once.CommandTimeout = once.CommandTimeout is 0 ? once.Timeout : Math.Min(once.CommandTimeout, Math.Max(1, once.Timeout));
        });
        await using var sourceDisposal = source.ConfigureAwait(false);
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var connectionDisposal = connection.ConfigureAwait(false);
            DatabaseEncodingException.Demand(connection);

            var question = new NpgsqlCommand(Question, connection);
            await using var questionDisposal = question.ConfigureAwait(false);
            var answer = await question.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var answerDisposal = answer.ConfigureAwait(false);
            await answer.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (answer.GetInt32(0) == connection.ProcessID)
            {
                return database;
            }

            return answer.GetBoolean(1) ? throw SomebodyElses(database) : database.BehindPooler();
        }
        catch (Exception failure) when (DatabaseFailure.Of(failure, database) is { } told)
        {
            throw new DatabaseUnavailableException(told, failure);
        }
    }

    private static DatabaseUnavailableException SomebodyElses(AtlasDatabase database) => new(
        $"The database {database.DisplayName} is behind a pooler, and has a table OrleansQuery of an application's own, which Orleans would take "
        + "for that of Atlas. Give Atlas a database of its own, or an address of the server without the pooler.");
}
