using Atlas.Http.Access;
using Atlas.Learning.Text;

namespace Atlas.Pages.Frame;

/// <summary>What every page has: its reader, and the token of its forms.</summary>
/// <param name="Caller">The reader; null if unknown.</param>
/// <param name="FormToken">The token that every form carries, so that no other site can send one.</param>
/// <param name="IsSignedIn">Whether there is a cookie to sign out from.</param>
/// <param name="Here">The part of the console this is.</param>
public sealed record PageFrame(Caller? Caller, string FormToken, bool IsSignedIn, string Here)
{
    /// <summary>Gets the learning key that the address names, as written there; null for none.</summary>
    public string? Key { get; init; }

    public bool May(Scopes scope) => Caller?.May(scope) ?? false;

    /// <summary>Gets a value indicating whether the reader administers a whole tenant.</summary>
    public bool Administers => May(Scopes.Admin) && Caller is { Prefix.Length: 0 };

    /// <summary>Returns a key as a word of a command line, where keys are written as they are stored.</summary>
    public string Word(string key) => ShellWord.Of(Caller?.Space + key);

    /// <summary>Returns a key as the reader writes it.</summary>
    public string Show(string? stored) => stored is null ? "" : Caller?.Show(stored) ?? stored;
}

/// <summary>A page to render.</summary>
/// <param name="Component">The component of its body, which has one parameter, <c>Model</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Here">The part of the console it belongs to.</param>
/// <param name="Model">The model of the component.</param>
public sealed record ConsolePage(Type Component, string Title, string Here, object Model)
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Gets the address of events that report changes of this page; null for a static page.</summary>
    public string? Live { get; init; }
}
