using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>Puts what a key has learned into the metadata of its newest session, where the original's report looks for it.</summary>
public sealed class LearningStateStamp(NpgsqlDataSource dataSource)
{
    /// <summary>One session per version has it; with a newer session it moves on. Costs the same however many there are.</summary>
    public async Task ApplyAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand("SELECT orleans.stamp_learning_state($1)");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
