using Npgsql;

namespace Atlas.Database;

/// <summary>Examines a database before it is used.</summary>
public static class DatabaseExamination
{
    // A pooler gives its clients its own process number, because their statements run in changing processes of the server. The queries that
    // Orleans would find behind it must be ours: those of another Orleans installation lead to its tables.
    private const string Question = """
        SELECT pg_backend_pid(), EXISTS (
          SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.oid = to_regclass('orleansquery') AND n.nspname <> 'orleans'
             AND (c.relkind <> 'v' OR pg_get_viewdef(c.oid) NOT LIKE '%orleans.orleansquery%'))
        """;

    /// <summary>Connects once, and returns the database with suitable settings: if a pooler such as PgBouncer is in between, without
    /// prepared statements, which do not work there.</summary>
    /// <param name="database">The database.</param>
    /// <param name="cancellationToken">Cancels the examination.</param>
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
        $"The database {database.DisplayName} is behind a pooler and has a table OrleansQuery that belongs to another application. Orleans would mistake it "
        + "for the one of Atlas. Give Atlas a separate database, or an address that bypasses the pooler.");
}
