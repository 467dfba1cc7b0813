using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Forgetting;

/// <summary>Finds the sessions on which each entry of a key is based, according to its journal.</summary>
internal sealed class EntryBasis
{
    private readonly Dictionary<string, HashSet<long>> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _byPerson = new(StringComparer.Ordinal);

    private EntryBasis()
    {
    }

    public static EntryBasis Of(IEnumerable<LearningKeyEvent> journal)
    {
        var basis = new EntryBasis();
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var happened in journal)
        {
            switch (happened)
            {
                case PlaybookChanged changed:
                    basis.Read(changed, words);
                    break;
                case SynthesisConcluded { Basis: { } named }:
                    foreach (var (entry, sessions) in named)
                    {
                        basis.Of(entry).UnionWith(sessions);
                    }

                    break;
            }
        }

        return basis;
    }

    /// <summary>Whether an entry is withdrawn: it is based on forgotten sessions alone and on no person's words, or it contains the
    /// subject.</summary>
    public bool IsWithdrawn(PlaybookEntry entry, ForgetOrder order) => RestsOnForgotten(EntryIds.Of(entry), order)
        || (order.Subject is not null && order.IsInJson(JsonSerializer.Serialize(entry with { Impact = null }, AtlasJson.Options)));

    /// <summary>Whether an entry is based on forgotten sessions alone.</summary>
    public bool RestsOnForgotten(string entry, ForgetOrder order) =>
        !_byPerson.Contains(entry) && _sessions.TryGetValue(entry, out var sessions) && sessions.Count > 0 && sessions.IsSubsetOf(order.Sessions);

    /// <summary>Returns the entry unchanged, or, if one of its sessions is forgotten, without that support.</summary>
    public static PlaybookEntry WithoutSupport(PlaybookEntry entry, ForgetOrder order) =>
        entry.Provenance is { SourceSessionId: { } source } provenance && order.Sessions.Contains(source)
            ? entry with { Provenance = provenance with { SourceSessionId = null, TeacherGuidanceDigest = null, SourceTeacherInterventionHash = null } }
            : entry;

    private void Read(PlaybookChanged changed, Dictionary<string, string> words)
    {
        foreach (var entry in changed.Playbook.Entries.IsDefault ? [] : changed.Playbook.Entries)
        {
            var id = EntryIds.Of(entry);
            if (entry.Provenance?.SourceSessionId is { } source)
            {
                Of(id).Add(source);
            }

            // Words that a person wrote belong to that person, whatever sessions said about them before.
            var said = EntryWords.Of(entry);
            if (changed.Cause is PlaybookCause.Import or PlaybookCause.Edit && words.GetValueOrDefault(id) != said)
            {
                _byPerson.Add(id);
            }

            words[id] = said;
        }
    }

    private HashSet<long> Of(string entry) => _sessions.TryGetValue(entry, out var known) ? known : _sessions[entry] = [];
}
