using System.Globalization;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Http.Problems;

namespace Atlas.Pages.Frame;

/// <summary>A request for a page, and the parameters of its address.</summary>
internal sealed class ConsoleRequest(HttpContext context)
{
    private const int MostText = 2048;

    public HttpContext Context { get; } = context;

    public Caller Caller { get; } = Caller.Of(context);

    public CancellationToken Stop => Context.RequestAborted;

    public T Service<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();

    /// <summary>Returns a text parameter; null if it is missing or blank.</summary>
    public string? Text(string name)
    {
        var values = Context.Request.Query[name];
        return values.Count == 0 || string.IsNullOrWhiteSpace(values[^1]) ? null
            : values[^1]!.Length <= MostText ? values[^1]!
            : throw Problem.InvalidRequest.With($"The parameter '{name}' is too long.");
    }

    /// <summary>Returns a whole number, 0 or more; null if it is missing.</summary>
    public long? Number(string name) => Text(name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw Problem.InvalidRequest.With($"The parameter '{name}' must be a whole number, not '{Shortened(text)}'."),
    };

    /// <summary>Returns a yes-or-no parameter; null if it is missing.</summary>
    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "yes" => true,
        "no" => false,
        var text => throw Problem.InvalidRequest.With($"The parameter '{name}' must be yes or no, not '{Shortened(text)}'."),
    };

    /// <summary>Returns the enum value that a parameter names; null if it is missing.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum => Text(name) is not { } word ? null
        : WireName.TryParse<T>(word, out var value) ? value
        : throw Problem.InvalidRequest.With($"The parameter '{name}' must be one of {string.Join(", ", WireName.All<T>())}.");

    /// <summary>Returns the beginning of a day in UTC; null if it is missing.</summary>
    public DateTimeOffset? Day(string name) => Text(name) switch
    {
        null => null,
        var text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        var text => throw Problem.InvalidRequest.With($"The parameter '{name}' must be a date such as 2026-01-31, not '{Shortened(text)}'."),
    };

    /// <summary>Returns the end of a day, which is inclusive; null if it is missing.</summary>
    public DateTimeOffset? EndOf(string name) => Day(name) is { } day && day < DateTimeOffset.MaxValue.AddDays(-1) ? day.AddDays(1) : null;

    public int? Version(string name) => Number(name) is { } number
        ? number <= int.MaxValue ? (int)number : throw Problem.VersionNotFound.With($"There is no version {number}.")
        : null;

    /// <summary>Gets the learning key that the address names, as the reader writes it.</summary>
    public string Key => Text("key") ?? throw Problem.InvalidLearningKey.With("The address does not name a learning key. Choose one from the list of keys.");

    /// <summary>Gets the learning key as it is stored.</summary>
    public string Stored => Caller.Store(Key);

    private static string Shortened(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");
}
