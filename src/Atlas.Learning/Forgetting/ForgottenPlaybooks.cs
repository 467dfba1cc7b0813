using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Forgetting;

/// <summary>Reduces the playbooks in a journal one after the other, in order.</summary>
internal sealed class ForgottenPlaybooks
{
    private readonly ForgetOrder _order;
    private readonly EntryBasis _basis;
    private readonly Dictionary<string, PlaybookEntry> _withdrawn = new(StringComparer.Ordinal);
    private readonly PrefaceTrail _student;
    private readonly PrefaceTrail _teacher;

    public ForgottenPlaybooks(IReadOnlyCollection<LearningKeyEvent> journal, ForgetOrder order)
    {
        (_order, _basis) = (order, EntryBasis.Of(journal));
        (_student, _teacher) = (new PrefaceTrail(order, () => _withdrawn.Values), new PrefaceTrail(order, () => _withdrawn.Values));

        // Must be known before the first version is read, because prose can repeat an entry before and after it was in the playbook.
        foreach (var entry in journal.OfType<PlaybookChanged>().SelectMany(changed => changed.Playbook.Entries.IsDefault ? [] : changed.Playbook.Entries))
        {
            if (_basis.IsWithdrawn(entry, order))
            {
                _withdrawn[$"{EntryIds.Of(entry)} {EntryWords.Of(entry)}"] = entry;
            }
        }

        var withdrawn = _withdrawn.Values.Select(EntryIds.Of).ToImmutableHashSet(StringComparer.Ordinal);
        Withdrawn = withdrawn;
        Metadata = new MetadataTrail(order, id => _basis.RestsOnForgotten(id, order) || withdrawn.Contains(id));
    }

    /// <summary>The ids of entries that are gone from some or all versions.</summary>
    public ImmutableHashSet<string> Withdrawn { get; }

    public MetadataTrail Metadata { get; }

    /// <summary>Whether an entry is gone from all versions.</summary>
    public bool RestsOnForgotten(string entry) => _basis.RestsOnForgotten(entry, _order);

    /// <summary>Whether an entry as it was is gone.</summary>
    public bool IsWithdrawn(PlaybookEntry entry) => _basis.IsWithdrawn(entry, _order);

    /// <summary>Returns what is left of a new version.</summary>
    /// <param name="changed">The version.</param>
    /// <param name="before">The key as it is without the forgotten sessions.</param>
    public LearnedPlaybook Next(PlaybookChanged changed, LearningKeyState before) => Entries(changed.Playbook, before) with
    {
        StudentPreface = _student.Next(changed.Playbook.StudentPreface, changed) ?? "",
        TeacherPreface = _teacher.Next(changed.Playbook.TeacherPreface, changed),
        Metadata = Metadata.Next(changed.Playbook.Metadata, changed.SessionIds.Any(_order.Sessions.Contains)),
    };

    /// <summary>Returns what is left of a version that an event repeats.</summary>
    public LearnedPlaybook Again(LearnedPlaybook playbook, LearningKeyState before) => Entries(playbook, before) with
    {
        StudentPreface = _student.Of(playbook.StudentPreface) ?? "",
        TeacherPreface = _teacher.Of(playbook.TeacherPreface),
    };

    /// <summary>Does the same for a version that is named with it; null stays null.</summary>
    public ServedPlaybook? Again(ServedPlaybook? served, LearningKeyState before) =>
        served is null ? null : served with { Playbook = Again(served.Playbook, before) };

    private LearnedPlaybook Entries(LearnedPlaybook playbook, LearningKeyState before)
    {
        var known = new Dictionary<string, PlaybookEntry>(StringComparer.Ordinal);
        foreach (var entry in (before.Served?.Playbook.Entries ?? []).Concat(before.Playbook.Entries))
        {
            known[EntryIds.Of(entry)] = entry;
        }

        return playbook with
        {
            Entries =
            [
                .. (playbook.Entries.IsDefault ? [] : playbook.Entries)
                    .Where(entry => !_basis.IsWithdrawn(entry, _order))
                    .Select(entry => EntryBasis.WithoutSupport(entry, _order))
                    .Select(entry => entry.Impact is not null && known.TryGetValue(EntryIds.Of(entry), out var counted) && EntryWords.AreSame(counted, entry)
                        ? entry with { Impact = counted.Impact }
                        : entry),
            ],
        };
    }
}
