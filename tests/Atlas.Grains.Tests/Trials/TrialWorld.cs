using System.Globalization;
using System.Text.Json;
using Atlas.Client;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Evidence;
using Atlas.Learning.Journal;
using Atlas.Testing;

namespace Atlas.Grains.Tests.Trials;

/// <summary>A world whose truth is known: the reward of a session is decided by a hash, given what the session was told. So a seed repeats
/// it to the last session, whatever the machine.</summary>
internal sealed class TrialWorld(IAtlasClient client, string key, int seed)
{
    private const long Range = 1L << 53;
    private int _sessions;

    /// <summary>The learning key.</summary>
    public string Key { get; } = key;

    /// <summary>Sessions that have ended.</summary>
    public int Sessions => _sessions;

    /// <summary>The chance of success of a session of this number with this prompt and task.</summary>
    public required Func<int, string, string, double> Chance { get; init; }

    /// <summary>The task of a session of this number.</summary>
    public Func<int, string> TaskOf { get; init; } = number => $"Order {number % 20}: refund it";

    /// <summary>Runs a session.</summary>
    /// <returns>What its student was told.</returns>
    public async Task<string> RunAsync()
    {
        var (number, session) = (_sessions, await StartAsync(_sessions));
        var prompt = session.Playbook.ApplyToPrompts ? session.Playbook.Student?.Text ?? "" : "";
        await session.CompleteAsync(new CompleteSession(SessionStatus.Succeeded, "Done.", new SessionReward(Reward(number, prompt))));
        _sessions++;
        return prompt;
    }

    /// <summary>Starts the session of a number.</summary>
    public Task<AtlasSession> StartAsync(int number) => client.StartSessionAsync(new StartSession(
        TaskOf(number), Key, Metadata: JsonSerializer.SerializeToElement(new { task_id = TaskOf(number) }), ExternalId: Unit(number)));

    /// <summary>The reward of a session that was told this: 0 or 1.</summary>
    public double Reward(int number, string prompt) =>
        TrialDraw.Falls(TrialDraw.Of("reward", Key, "", "", Unit(number)), Math.Clamp(Chance(number, prompt, TaskOf(number)), 0, 1)) ? 1 : 0;

    /// <summary>Runs sessions until something holds, or so many were run.</summary>
    public async Task<bool> UntilAsync(Func<Task<bool>> holds, int most)
    {
        while (_sessions < most)
        {
            await RunAsync();
            if (await holds())
            {
                return true;
            }
        }

        return false;
    }

    private string Unit(int number) => string.Create(CultureInfo.InvariantCulture, $"{seed}/{Key}/{number}");

    /// <summary>A playbook of entries that are on trial.</summary>
    public static LearnedPlaybook Playbook(string preface, params (string Id, string Cue, string Imperative)[] entries) => new()
    {
        StudentPreface = preface,
        Form = PlaybookForm.Entries,
        Entries =
        [
            .. entries.Select(entry => new PlaybookEntry
            {
                Id = entry.Id,
                Audience = "student",
                Cue = new EntryCue { Type = "keyword", Pattern = entry.Cue },
                Action = new EntryAction { Imperative = entry.Imperative },
                ExpectedEffect = "The order is right",
                Scope = new EntryScope { Category = "reinforcement", Constraints = "All orders" },
                Provenance = new EntryProvenance { Status = new EntryStatus { Category = "reinforcement", Lifecycle = EntryLifecycle.Provisional } },
            }),
        ],
    };

    /// <summary>What a key knows, as it is stored.</summary>
    public static async Task<LearningKeyState> StateAsync(TestDatabase database, string key)
    {
        var text = await database.ScalarAsync<string>($"SELECT payload::text FROM orleans.grain_state WHERE payload -> 'state' ->> 'learning_key' = '{key}'");
        return JsonDocument.Parse(text!).RootElement.GetProperty("state").Deserialize<LearningKeyState>(AtlasJson.Options)!;
    }
}
