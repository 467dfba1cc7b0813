using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>Writes what a key has learned into the metadata of its newest session, where the report of the original implementation expects
/// it.</summary>
public sealed class LearningStateStamp(NpgsqlDataSource dataSource)
{
    /// <summary>One session per version has it; a newer session takes it over. The cost does not depend on the number of
    /// sessions.</summary>
    public async Task ApplyAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand("SELECT orleans.stamp_learning_state($1)");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
