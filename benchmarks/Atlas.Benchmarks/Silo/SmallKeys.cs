using System.Globalization;
using System.Text.Json;
using Atlas.Benchmarks.Histories;
using Atlas.Contracts.Playbooks;
using Atlas.Database;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Grains.LearningKeys;
using Atlas.Learning.Journal;
using Atlas.Storage.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace Atlas.Benchmarks.Silo;

/// <summary>Many learning keys, each with a hundred sessions and a playbook of five entries.</summary>
internal static class SmallKeys
{
    private const int Entries = 5;
    private const int Sessions = 100;

    // The state's trigger creates the journal's first row and the playbook's first version.
    private const string Insert = """
        INSERT INTO orleans.grain_state (service_id, grain_type, key_n0, key_n1, key_text, version, payload)
        SELECT 'atlas', 'learning-key', 0, 0, key, 1, jsonb_set($2::jsonb, '{state,learning_key}', to_jsonb(key)) FROM unnest($1) AS t (key)
        """;

    private static readonly Lazy<LearningKeyState> Sample = new(() =>
    {
        var state = KeyHistory.After("small", Sessions);
        var playbook = Small(state.Playbook);
        return state with { Playbook = playbook, Trials = OfEntries(state.Trials, playbook) };
    });

    private static readonly Lazy<SessionOutcome[]> Outcomes = new(() => [.. Enumerable.Range(0, SampleSessions.Period).Select(OutcomeOf)]);

    /// <summary>Returns the name of the key with that number.</summary>
    public static string Name(int key) => string.Create(CultureInfo.InvariantCulture, $"benchmark/{key:000000}");

    /// <summary>Gets the entire state of one of them as JSON: what a program with one row per key writes with every session.</summary>
    public static string Json { get; } = JsonSerializer.Serialize(Sample.Value, AtlasJson.Options);

    /// <summary>Creates an up-to-date database with <paramref name="keys"/> of these keys.</summary>
    /// <returns>Its address.</returns>
    public static async Task<string> DatabaseAsync(SharedPostgres postgres, string name, int keys)
    {
        var address = await postgres.CreateDatabaseAsync(name);
        await using var database = AtlasDatabase.Parse(address).CreateDataSource();
        await MigrationRunner.ApplyAsync(database);
        await FillAsync(database, keys);
        return address;
    }

    /// <summary>Creates a database with keys that have no history except their creation.</summary>
    public static async Task<string> EmptyKeysAsync(SharedPostgres postgres, string name, int keys)
    {
        var address = await postgres.CreateDatabaseAsync(name);
        await using var database = AtlasDatabase.Parse(address).CreateDataSource();
        await MigrationRunner.ApplyAsync(database);
        await FillAsync(database, keys, JsonSerializer.Serialize(new LearningKeyRecord(), AtlasJson.Options));
        return address;
    }

    /// <summary>Stores the states of <paramref name="keys"/> keys.</summary>
    public static async Task FillAsync(NpgsqlDataSource database, int keys, string? json = null)
    {
        await using var command = database.CreateCommand(Insert);
        command.CommandTimeout = 600;
        command.Parameters.Add(new() { Value = Enumerable.Range(0, keys).Select(Name).ToArray() });
        command.Parameters.Add(new() { Value = json ?? Stored(), NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync();
    }

    private static string Stored() => JsonSerializer.Serialize(
        LearningKeyRecord.Of(Sample.Value, [KeyHistory.First with { Playbook = Small(KeyHistory.First.Playbook) }]), AtlasJson.Options);

    private static LearnedPlaybook Small(LearnedPlaybook playbook) => playbook with
    {
        Entries = [.. playbook.Entries.Take(Entries)],
        StudentPreface = string.Join('\n', playbook.StudentPreface.Split('\n').Take(Entries)),
    };

    private static KeyTrials? OfEntries(KeyTrials? trials, LearnedPlaybook playbook)
    {
        var ids = playbook.Entries.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        return trials is null ? null : trials with
        {
            Evidence = trials.Evidence with { Entries = [.. trials.Evidence.Entries.Where(trial => ids.Contains(trial.Entry))] },
        };
    }

    /// <summary>Returns the next session of a key. It does not teach, because a concurrent synthesis would be measured too.</summary>
    /// <param name="number">The number, from 1; each is used only once.</param>
    public static FinishedSession Next(int number)
    {
        var id = SampleSessions.IdOf(Sessions + number);
        return new FinishedSession(Outcomes.Value[number % SampleSessions.Period] with { SessionId = id }, Teaches: false);
    }

    private static SessionOutcome OutcomeOf(int number)
    {
        var outcome = SampleSessions.OutcomeOf(Sessions + number);
        return outcome with
        {
            Usage = [.. Sample.Value.Playbook.Entries.Select((entry, index) => outcome.Usage[index] with { EntryId = entry.Id! })],
        };
    }
}
