using Atlas.Http.Access;
using Atlas.Learning.Text;

namespace Atlas.Pages.Frame;

/// <summary>What every page knows: who reads it, and what its forms carry.</summary>
/// <param name="Caller">Who reads it; null for nobody who is known.</param>
/// <param name="FormToken">Goes with every form, so that no other site can send one.</param>
/// <param name="IsSignedIn">Whether there is a cookie to give up.</param>
/// <param name="Here">Which part of the console this is.</param>
public sealed record PageFrame(Caller? Caller, string FormToken, bool IsSignedIn, string Here)
{
    public bool May(Scopes scope) => Caller?.May(scope) ?? false;

    /// <summary>Whether the reader administers a whole tenant.</summary>
    public bool Administers => May(Scopes.Admin) && Caller is { Prefix.Length: 0 };

    /// <summary>A key as a word of a command line, which knows keys as they are stored.</summary>
    public string Word(string key) => ShellWord.Of(Caller?.Space + key);

    /// <summary>A key as the reader writes it.</summary>
    public string Show(string? stored) => stored is null ? "" : Caller?.Show(stored) ?? stored;
}

/// <summary>A page to render.</summary>
/// <param name="Component">The component of its body, with one parameter, <c>Model</c>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Here">Which part of the console it belongs to.</param>
/// <param name="Model">What it shows.</param>
public sealed record ConsolePage(Type Component, string Title, string Here, object Model)
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The address of events that say that this page has changed; null for a page that stands.</summary>
    public string? Live { get; init; }
}
