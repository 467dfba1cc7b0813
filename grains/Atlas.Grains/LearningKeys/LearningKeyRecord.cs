using System.Collections.Immutable;
using Atlas.Contracts;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>What is written for a learning key: its state, and the events since the previous write.</summary>
/// <remarks>
/// A trigger on the table moves the events into the journal, and new versions into the archive, in the same transaction that stores the
/// state. So there is no second write that could be lost, and the content of the newest version need not be written again with every
/// session: it is in the archive, and only the counts of its entries change.
/// </remarks>
internal sealed class LearningKeyRecord
{
    /// <summary>The state; without texts and entries of the newest version if there are <see cref="Impacts"/>.</summary>
    public LearningKeyState State { get; set; } = LearningKeyState.Empty;

    /// <summary>The impact of each entry of the newest version; null if the state contains the entries itself, because there is no version
    /// yet or the record is in an older form.</summary>
    public ImpactTable? Impacts { get; set; }

    public ImmutableArray<LearningKeyEvent> Outbox { get; set; } = [];

    /// <summary>Creates the record of a state whose newest version is in the archive, or gets there with
    /// <paramref name="outbox"/>.</summary>
    public static LearningKeyRecord Of(LearningKeyState state, ImmutableArray<LearningKeyEvent> outbox) => state.Version == 0
        ? new() { State = state, Outbox = outbox }
        : new()
        {
            State = state with
            {
                Playbook = LearnedPlaybook.Empty with { Metadata = state.Playbook.Metadata },
                Trials = state.Trials is not { } trials ? null : trials with
                {
                    Parent = Named(trials.Parent), OnTrial = Named(trials.OnTrial), FirstArm = Named(trials.FirstArm), NewArm = Named(trials.NewArm),
                },
            },
            Impacts = new([.. state.Playbook.Entries.Select(entry => entry.Impact)]),
            Outbox = outbox,
        };

    /// <summary>Returns the whole state.</summary>
    /// <param name="archived">Reads the content of a version from the archive; not called if nothing is missing.</param>
    /// <exception cref="AtlasUnavailableException">The archive has been changed.</exception>
    public async Task<LearningKeyState> RestoreAsync(Func<int, Task<LearnedPlaybook>> archived)
    {
        if (Impacts is not { } impacts)
        {
            return State;
        }

        var made = await archived(State.Version);
        if (made.Entries.Length != impacts.OfEntries.Length)
        {
            throw new AtlasUnavailableException(
                $"Version {State.Version} of the playbook of {State.LearningKey} has {made.Entries.Length} entries in the table playbook_versions; "
                + $"the key's state counted for {impacts.OfEntries.Length}. Restore the original row, then send the request again.");
        }

        return State with
        {
            Trials = State.Trials is not { } trials ? null : trials with
            {
                Parent = await SaidAsync(trials.Parent, archived),
                OnTrial = await SaidAsync(trials.OnTrial, archived),
                FirstArm = await SaidAsync(trials.FirstArm, archived),
                NewArm = await SaidAsync(trials.NewArm, archived),
            },
            Playbook = made with
            {
                Entries = [.. made.Entries.Zip(impacts.OfEntries, (entry, impact) => entry with { Impact = impact })],
                Metadata = State.Playbook.Metadata,
            },
        };
    }

    // The content of an earlier version is in the archive, and does not change.
    private static ServedPlaybook? Named(ServedPlaybook? version) => version is null ? null : version with { Playbook = LearnedPlaybook.Empty };

    private static async Task<ServedPlaybook?> SaidAsync(ServedPlaybook? version, Func<int, Task<LearnedPlaybook>> archived) =>
        version is null or { Version: 0 } ? version : version with { Playbook = (await archived(version.Version)) with { Metadata = LearnedPlaybook.Empty.Metadata } };
}
