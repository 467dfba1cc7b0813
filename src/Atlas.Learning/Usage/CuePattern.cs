using System.Text.RegularExpressions;

namespace Atlas.Learning.Usage;

/// <summary>A regular expression that a language model wrote, made safe to run.</summary>
/// <remarks>It runs in linear time where its constructs allow it. With lookarounds, back references and the like it runs with
/// backtracking under a time limit; a pattern that exceeds it for two texts is not tried again.</remarks>
public sealed class CuePattern
{
    /// <summary>Longest pattern that is compiled, in characters.</summary>
    public const int MaxLength = 1000;

    /// <summary>How long one pattern may look at one text, each of the two times it may.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(50);

    private const int Patience = 2;
    private readonly Func<string, bool> _search;
    private int _timeouts;

    /// <param name="search">Looks at a text; throws <see cref="RegexMatchTimeoutException"/> when it takes too long.</param>
    internal CuePattern(Func<string, bool> search) => _search = search;

    // Preparing a pattern for linear time takes a millisecond or two; a playbook is often loaded for a session in which
    // nothing is ever searched.
    private static CuePattern Of(string pattern)
    {
        var regex = new Lazy<Regex>(() => Create(pattern, Prepare)!);
        return new CuePattern(text => regex.Value.IsMatch(text));
    }

    /// <summary>Whether the pattern can be used as a cue. Parsing it is enough to know, and costs far less than preparing it.</summary>
    public static bool Compiles(string pattern) => Create(pattern, static (text, options) => new Regex(text, options, Limit)) is not null;

    /// <summary>The pattern, case-insensitive; null if it is too long or no regular expression.</summary>
    public static CuePattern? TryCompile(string pattern) => Compiles(pattern) ? Of(pattern) : null;

    /// <summary>Whether the pattern took too long too often.</summary>
    public bool HasGivenUp => Volatile.Read(ref _timeouts) >= Patience;

    public bool IsMatch(string text)
    {
        if (HasGivenUp)
        {
            return false;
        }

        // The engine's limit is by the clock on the wall: the compilation of its own code at its first use counts, and so does
        // the time in which a busy machine does not let it run. Neither is the pattern's fault, so it gets a second look.
        if ((Search(text) ?? Search(text)) is { } found)
        {
            return found;
        }

        Interlocked.Increment(ref _timeouts);
        return false;
    }

    /// <summary>Whether the text holds the pattern; null if the time was over before that was known.</summary>
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
