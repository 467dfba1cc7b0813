using System.Text.Json;
using Atlas.Learning.Journal;
using Atlas.Learning.Json;
using Atlas.Storage.Queries;
using Npgsql;

namespace Atlas.Cli.Playbooks;

/// <summary>Reads the history of a key.</summary>
internal sealed class HistoryReader(NpgsqlDataSource source)
{
    /// <summary>The history; null if nothing is known of the key.</summary>
    public async Task<KeyHistory?> FindAsync(string learningKey, int limit, CancellationToken cancellation)
    {
        var queries = new PlaybookQueries(source);
        var committed = await queries.FindStateAsync(learningKey, cancellation);
        return committed?.State.Deserialize<LearningKeyState>(AtlasJson.Options) is { } state
            ? new KeyHistory(
                state,
                await new SynthesisQueries(source).WithSynthesesAsync(
                    learningKey, await queries.ListVersionsAsync(learningKey, limit: limit, cancellationToken: cancellation), cancellation),
                await queries.SwitchesAsync(learningKey, limit, cancellation))
            : null;
    }
}
