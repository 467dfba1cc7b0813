using System.Text.Json;
using Atlas.Learning.Reports;
using Atlas.Learning.Training;
using Parquet;
using Parquet.Schema;

namespace Atlas.Reports.Export;

/// <summary>Writes sessions as a table: a column per key of the JSON record, objects and lists as JSON text, and a few columns for
/// filtering.</summary>
public sealed class ParquetTrainingWriter : ITrainingWriter
{
    private const int MostRows = 1000;
    private const long MostCharacters = 8 * 1024 * 1024;

    private static readonly string[] Keys =
    [
        "task", "final_answer", "plan", "steps", "session_metadata", "execution_mode", "review_status", "review_notes", "reward_stats",
        "reward_audit", "session_reward", "student_learning", "teacher_learning", "adaptive_summary", "triage_dossier", "reward_summary", "drift",
        "learning_key", "learning_history", "teacher_notes", "trajectory_events",
    ];

    private static readonly DataField<long> Id = new("session_id");
    private static readonly DataField<DateTime> CreatedAt = new("created_at");
    private static readonly DataField<DateTime> CompletedAt = new("completed_at", true);
    private static readonly DataField<double> Score = new("reward_score", true);
    private static readonly DataField<int> Version = new("playbook_version", true);
    private static readonly DataField<bool> Alert = new("drift_alert", true);
    private static readonly DataField Status = new DataField<string>("status");
    private static readonly DataField[] Texts = [.. Keys.Select(DataField (key) => new DataField<string>(key))];

    private readonly RecordBuffer _record = new();
    private readonly List<TrainingSession> _rows = [];
    private readonly List<string?[]> _values = [];
    private readonly ParquetWriter _writer;
    private long _characters;

    private ParquetTrainingWriter(ParquetWriter writer)
    {
        _writer = writer;
    }

    /// <param name="output">The stream to write to; left open.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    public static async Task<ParquetTrainingWriter> CreateAsync(Stream output, CancellationToken cancellationToken = default)
    {
        var schema = new ParquetSchema([Id, CreatedAt, CompletedAt, Status, Score, Version, Alert, .. Texts]);
        return new ParquetTrainingWriter(
            await ParquetWriter.CreateAsync(schema, output, cancellationToken: cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(TrainingSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        using (var document = JsonDocument.Parse(_record.Write(session, newline: false)))
        {
            var values = Array.ConvertAll(Keys, key => document.RootElement.TryGetProperty(key, out var member)
                ? member.ValueKind == JsonValueKind.String ? member.GetString() : member.GetRawText()
                : null);
            _values.Add(values);
            _characters += values.Sum(value => value?.Length ?? 0);
        }

        // Only columns of the session itself are needed, so do not keep its events until the group is complete.
        _rows.Add(session with { Events = [], Steps = [], Metadata = null, RewardAudit = null, Plan = null });
        _alerts.Add(session.DriftAlert);
        if (_rows.Count >= MostRows || _characters >= MostCharacters)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask FinishAsync(CancellationToken cancellationToken = default)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _record.DisposeAsync();

    private readonly List<bool?> _alerts = [];

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count == 0)
        {
            return;
        }

        using (var group = _writer.CreateRowGroup())
        {
            await group.WriteAsync<long>(Id, Column(row => row.Id), cancellationToken: cancellationToken).ConfigureAwait(false);
            await group.WriteAsync<DateTime>(CreatedAt, Column(row => row.CreatedAt.UtcDateTime), cancellationToken: cancellationToken).ConfigureAwait(false);
            await group.WriteAsync<DateTime>(CompletedAt, Column(row => row.CompletedAt?.UtcDateTime), cancellationToken: cancellationToken).ConfigureAwait(false);
            await group.WriteAsync(Status, [.. _rows.Select(row => row.Status)]).ConfigureAwait(false);
            await group.WriteAsync<double>(Score, Column(row => SessionColumns.Score(row.RewardStats, row.Reward)), cancellationToken: cancellationToken).ConfigureAwait(false);
            await group.WriteAsync<int>(Version, Column(row => row.PlaybookVersion), cancellationToken: cancellationToken).ConfigureAwait(false);
            await group.WriteAsync<bool>(Alert, _alerts.ToArray(), cancellationToken: cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < Texts.Length; index++)
            {
                var column = index;
                await group.WriteAsync(Texts[index], [.. _values.Select(values => values[column]!)]).ConfigureAwait(false);
            }

            group.CompleteValidate();
        }

        _rows.Clear();
        _values.Clear();
        _alerts.Clear();
        _characters = 0;
    }

    private ReadOnlyMemory<T> Column<T>(Func<TrainingSession, T> value) => _rows.Select(value).ToArray();
}
