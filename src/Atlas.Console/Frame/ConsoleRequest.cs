using System.Globalization;
using Atlas.Http.Access;
using Atlas.Http.Problems;

namespace Atlas.Pages.Frame;

/// <summary>A request for a page, and what its address says.</summary>
internal sealed class ConsoleRequest(HttpContext context)
{
    private const int MostText = 2048;

    public HttpContext Context { get; } = context;

    public Caller Caller { get; } = Caller.Of(context);

    public CancellationToken Stop => Context.RequestAborted;

    public T Service<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();

    /// <summary>A text of the address; null where it is missing or blank.</summary>
    public string? Text(string name)
    {
        var values = Context.Request.Query[name];
        return values.Count == 0 || string.IsNullOrWhiteSpace(values[^1]) ? null
            : values[^1]!.Length <= MostText ? values[^1]!
            : throw Problem.InvalidRequest.With($"The parameter '{name}' is too long.");
    }

    /// <summary>A whole number of the address, 0 or more; null where it is missing.</summary>
    public long? Number(string name) => Text(name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw Problem.InvalidRequest.With($"The parameter '{name}' is a whole number, not '{Shortened(text)}'."),
    };

    public int? Version(string name) => Number(name) is { } number
        ? number <= int.MaxValue ? (int)number : throw Problem.VersionNotFound.With($"There is no version {number}.")
        : null;

    /// <summary>The learning key that the address names, as the reader writes it.</summary>
    public string Key => Text("key") ?? throw Problem.InvalidLearningKey.With("The address names no learning key. Choose one from the list of keys.");

    /// <summary>The same as it is stored.</summary>
    public string Stored => Caller.Store(Key);

    private static string Shortened(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");
}
