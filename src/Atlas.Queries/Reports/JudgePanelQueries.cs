using System.Collections.Immutable;
using Atlas.Learning.Rewards;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Reports;

/// <summary>Reads the panel of past sessions that the judge is asked about repeatedly.</summary>
public sealed class JudgePanelQueries(NpgsqlDataSource dataSource)
{
    /// <summary>Returns the sessions of the panel with the answers about each; empty if there is no panel.</summary>
    public async Task<ImmutableArray<PanelSession>> PanelAsync(CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            SELECT p.session_id::bigint AS session_id, s.learning_key, p.outcome, a.judged_at, a.judge, a.score
              FROM orleans.judge_panel p JOIN public.sessions s ON s.id = p.session_id LEFT JOIN orleans.judge_panel_answer a ON a.session_id = p.session_id
             ORDER BY p.session_id, a.judged_at
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        var rows = await command.ListAsync(
            row => (
                Session: row.Long("session_id"),
                Key: row.Text("learning_key"),
                Outcome: row.Double("outcome"),
                Answer: row.Text("judge") is { } judge ? new PanelAnswer(row.Time("judged_at"), judge, row.Double("score") ?? 0) : null),
            cancellationToken).ConfigureAwait(false);
        return
        [
            .. rows.GroupBy(row => (row.Session, row.Key, row.Outcome))
                .Select(session => new PanelSession(session.Key.Session, session.Key.Key, session.Key.Outcome, [.. session.Select(row => row.Answer).OfType<PanelAnswer>()])),
        ];
    }
}
