using System.Collections.Immutable;
using System.Text;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>A role's text, and the position of each entry in it. Immutable.</summary>
/// <param name="Text">The text; empty if there is none.</param>
/// <param name="Places">The places of entries, in the order of the text. In a text that was not rendered, an entry can have several places,
/// and a place can belong to several entries.</param>
public sealed record RoleText(string Text, ImmutableArray<EntryPlace> Places)
{
    /// <summary>The empty text.</summary>
    public static RoleText Empty { get; } = new("", []);

    /// <summary>Returns the whole text of a role for a version, before anything is left out.</summary>
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
            // The line break before an entry belongs to it, so that leaving the entry out leaves no trace.
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

    /// <summary>Takes a text as it was written, and finds what it says about entries.</summary>
    public static RoleText AsWritten(string? text, ImmutableArray<PlaybookEntry> entries)
    {
        var own = PlaybookRenderer.Armless(text) ?? "";
        return new RoleText(own, Restatement.Find(own, entries));
    }

    /// <summary>Returns the text without what it says about some entries.</summary>
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

    /// <summary>Returns the words of an entry in this text, all places joined; empty if it has none.</summary>
    public string WordsOf(string entryId) =>
        string.Concat(Places.Where(place => place.EntryId == entryId).Select(place => Text.AsSpan(place.Start, place.Length).ToString())).Trim('\n');

    /// <summary>The part before the first entry of a text that ends with its entries; null if other words are between or after
    /// them.</summary>
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

    /// <summary>Returns the same entries after another preface. Only for a text that has a <see cref="Preface"/>.</summary>
    public RoleText WithPreface(string preface)
    {
        var before = Preface ?? throw new InvalidOperationException("This text has no separate preface: its entries are mixed with other words.");
        var shift = preface.Length - before.Length;
        return new RoleText(
            string.Concat(preface, Text.AsSpan(before.Length)),
            [.. Places.Select(place => place with { Start = place.Start + shift })]).Stripped();
    }

    /// <summary>Returns the text without white space at its ends, which leaving something out can expose.</summary>
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

/// <summary>The position of an entry in a text.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Start">Index of its first UTF-16 unit.</param>
/// <param name="Length">The number of UTF-16 units that belong to it.</param>
public readonly record struct EntryPlace(string EntryId, int Start, int Length);
