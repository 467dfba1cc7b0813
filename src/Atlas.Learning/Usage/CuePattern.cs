using System.Text.RegularExpressions;

namespace Atlas.Learning.Usage;

/// <summary>A regular expression from a language model, made safe to run.</summary>
/// <remarks>It runs in linear time if its constructs allow it. With lookarounds, back references and the like it runs with backtracking
/// under a time limit; a pattern that exceeds it for two texts is not tried again.</remarks>
public sealed class CuePattern
{
    /// <summary>Longest pattern that is compiled, in characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>The time limit of one search; a text gets up to two.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    private const int Patience = 2;
    private readonly Func<string, bool> _search;
    private int _timeouts;

    /// <param name="search">Searches a text; throws <see cref="RegexMatchTimeoutException"/> if it takes too long.</param>
    internal CuePattern(Func<string, bool> search) => _search = search;

    // Preparing a pattern for linear time takes a millisecond or two, and a playbook is often loaded for a session that never searches for
    // anything.
    private static CuePattern Of(string pattern)
    {
        var regex = new Lazy<Regex>(() => Create(pattern, Prepare)!);
        return new CuePattern(text => regex.Value.IsMatch(text));
    }

    /// <summary>Whether the pattern can be used as a cue. Parsing is enough to tell, and costs far less than preparing it.</summary>
    public static bool Compiles(string pattern) => Create(pattern, static (text, options) => new Regex(text, options, Limit)) is not null;

    /// <summary>Compiles a pattern, case-insensitively; null if it is too long or not a regular expression.</summary>
    public static CuePattern? TryCompile(string pattern) => Compiles(pattern) ? Of(pattern) : null;

    /// <summary>Whether the pattern exceeded the time limit too often.</summary>
    public bool HasGivenUp => Volatile.Read(ref _timeouts) >= Patience;

    public bool IsMatch(string text)
    {
        if (HasGivenUp)
        {
            return false;
        }

        // The engine's limit is in wall-clock time, which includes compiling its own code at the first use, and waiting for a busy machine.
        // Neither is the pattern's fault, so it gets a second try.
        if ((Search(text) ?? Search(text)) is { } found)
        {
            return found;
        }

        Interlocked.Increment(ref _timeouts);
        return false;
    }

    /// <summary>Whether the text matches; null if the time ran out first.</summary>
    private bool? Search(string text)
    {
        try
        {
            return _search(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex? Create(string pattern, Func<string, RegexOptions, Regex> create)
    {
        if (pattern.Length > MaxLength)
        {
            return null;
        }

        try
        {
            var (translated, flags) = PythonPattern.Translate(pattern);
            return create(translated, flags | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            return null; // No regular expression, in either dialect.
        }
    }

    private static Regex Prepare(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, Limit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, Limit); // A construct that needs backtracking.
        }
    }
}
