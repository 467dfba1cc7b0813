using System.Collections.Immutable;
using System.Text;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>A role's text, and where in it each entry stands. Immutable.</summary>
/// <param name="Text">The text; empty if there is nothing to tell.</param>
/// <param name="Places">The places of entries in it, in the order of the text. An entry may stand at several, and one place may
/// belong to several entries, in a text that was not rendered.</param>
public sealed record RoleText(string Text, ImmutableArray<EntryPlace> Places)
{
    /// <summary>Nothing to tell.</summary>
    public static RoleText Empty { get; } = new("", []);

    /// <summary>The whole text of a role: of a version, before anything is left out.</summary>
    /// <param name="playbook">What was learned.</param>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    public static RoleText Of(LearnedPlaybook playbook, string role)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var preface = role == "teacher" ? playbook.TeacherPreface : playbook.StudentPreface;
        return playbook.IsRendered
            ? Compose(preface, EntryOrder.Of(playbook, role))
            : AsWritten(preface, playbook.Entries);
    }

    /// <summary>Renders a preface and one line per entry.</summary>
    public static RoleText Compose(string? preface, IEnumerable<PlaybookEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var text = new StringBuilder(PlaybookRenderer.Armless(preface) ?? "");
        var places = ImmutableArray.CreateBuilder<EntryPlace>();
        foreach (var entry in entries)
        {
            // The line break before it belongs to the entry, so that leaving it out leaves no trace.
            var start = text.Length;
            if (start > 0)
            {
                text.Append('\n');
            }

            text.Append(EntryWords.Of(entry));
            places.Add(new EntryPlace(EntryIds.Of(entry), start, text.Length - start));
        }

        return new RoleText(text.ToString(), places.ToImmutable());
    }

    /// <summary>Takes a text as somebody wrote it, and finds what it says of entries.</summary>
    public static RoleText AsWritten(string? text, ImmutableArray<PlaybookEntry> entries)
    {
        var own = PlaybookRenderer.Armless(text) ?? "";
        return new RoleText(own, Restatement.Find(own, entries));
    }

    /// <summary>The text without what it says of some entries.</summary>
    public RoleText Without(IReadOnlySet<string> entryIds)
    {
        ArgumentNullException.ThrowIfNull(entryIds);
        if (!Places.Any(place => entryIds.Contains(place.EntryId)))
        {
            return this;
        }

        var unwanted = new bool[Text.Length];
        foreach (var place in Places.Where(place => entryIds.Contains(place.EntryId)))
        {
            unwanted.AsSpan(place.Start, place.Length).Fill(true);
        }

        var text = new StringBuilder(Text.Length);
        var at = new int[Text.Length + 1];
        for (var from = 0; from < Text.Length; from++)
        {
            at[from] = text.Length;
            if (!unwanted[from])
            {
                text.Append(Text[from]);
            }
        }

        at[Text.Length] = text.Length;
        var places = Places.Select(place => new EntryPlace(place.EntryId, at[place.Start], at[place.Start + place.Length] - at[place.Start]));
        return new RoleText(text.ToString(), [.. places.Where(place => place.Length > 0)]).Stripped();
    }

    /// <summary>The words by which an entry stands in this text, its places one after the other; empty if it does not.</summary>
    public string WordsOf(string entryId) =>
        string.Concat(Places.Where(place => place.EntryId == entryId).Select(place => Text.AsSpan(place.Start, place.Length).ToString())).Trim('\n');

    /// <summary>What stands before the first entry of a text that ends with its entries; null if words that belong to no entry
    /// stand among or behind them.</summary>
    public string? Preface
    {
        get
        {
            if (Places.IsEmpty)
            {
                return Text;
            }

            var end = Places[0].Start;
            foreach (var place in Places)
            {
                if (place.Start > end)
                {
                    return null;
                }

                end = Math.Max(end, place.Start + place.Length);
            }

            return end == Text.Length ? Text[..Places[0].Start] : null;
        }
    }

    /// <summary>The same entries behind another preface. Only for a text that has a <see cref="Preface"/>.</summary>
    public RoleText WithPreface(string preface)
    {
        var before = Preface ?? throw new InvalidOperationException("This text has no preface of its own: its entries stand among other words.");
        var shift = preface.Length - before.Length;
        return new RoleText(
            string.Concat(preface, Text.AsSpan(before.Length)),
            [.. Places.Select(place => place with { Start = place.Start + shift })]).Stripped();
    }

    /// <summary>Without white space at its ends, which leaving something out may have bared.</summary>
    private RoleText Stripped()
    {
        var stripped = PythonText.Strip(Text);
        if (stripped.Length == Text.Length)
        {
            return this;
        }

        var skipped = stripped.Length == 0 ? 0 : Text.IndexOf(stripped, StringComparison.Ordinal);
        return new RoleText(stripped,
        [
            .. from place in Places
               let start = Math.Clamp(place.Start - skipped, 0, stripped.Length)
               let end = Math.Clamp(place.Start + place.Length - skipped, 0, stripped.Length)
               where end > start
               select new EntryPlace(place.EntryId, start, end - start),
        ]);
    }

    /// <summary>Compares by content.</summary>
    public bool Equals(RoleText? other) => other is not null && Text == other.Text && Places.AsSpan().SequenceEqual(other.Places.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Places.Length);
}

/// <summary>Where an entry stands in a text.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Start">Index of its first UTF-16 unit.</param>
/// <param name="Length">How many UTF-16 units belong to it.</param>
public readonly record struct EntryPlace(string EntryId, int Start, int Length);
