using System.Globalization;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Learning.Journal;
using Atlas.Learning.Options;
using Atlas.Pages.Frame;

namespace Atlas.Pages.Keys;

/// <summary>The model of the page that asks to confirm a change.</summary>
/// <param name="Key">The key as the reader writes it.</param>
/// <param name="Command">The change.</param>
/// <param name="About">The target of the change.</param>
/// <param name="Newest">The newest version; the change is made only while it is the newest.</param>
/// <param name="Operation">The identity of the change, so that it is made only once.</param>
/// <param name="Difference">What sessions will be told differently; null if nothing changes immediately.</param>
/// <param name="Cost">The cost in prompt caches, as a sentence; null if nothing changes immediately.</param>
public sealed record ChangeModel(string Key, KeyCommand Command, KeyTarget About, int Newest, string Operation, DifferenceModel? Difference, string? Cost);

/// <summary><c>/key/change</c>: roll back, promote, pin, stage, freeze, their counterparts, and experiments.</summary>
internal static class ChangePages
{
    private const int LongestReason = 2000;

    public static void Map(ConsoleRoutes routes)
    {
        routes.Page("/key/change", Scopes.Govern, ShowAsync);
        foreach (var command in KeyCommand.All.Values)
        {
            routes.Form($"/key/{command.Name}", Scopes.Govern, command.Action, (request, form) => ChangeAsync(request, form, command));
        }
    }

    private static async Task<ConsolePage> ShowAsync(ConsoleRequest request)
    {
        var command = KeyCommand.All.GetValueOrDefault(request.Text("do") ?? "")
            ?? throw Problem.NotFound.With($"There is no such change. Use one of {string.Join(", ", KeyCommand.All.Keys.Order(StringComparer.Ordinal))}.");
        var state = await request.Service<KeyDesk>().StateAsync(request.Stored, request.Caller, request.Stop).ConfigureAwait(false);
        var about = new KeyTarget(
            command.Takes switch
            {
                KeyCommandTakes.Version => request.Version("version") ?? state.Version,
                KeyCommandTakes.Experiment => request.Version("number") ?? throw Problem.InvalidRequest.With("The address does not name an experiment."),
                _ => 0,
            },
            command.Takes is KeyCommandTakes.Entry ? request.Text("entry") ?? throw Problem.InvalidRequest.With("The address does not name an entry.") : "");
        return new ConsolePage(
            typeof(ChangePage), command.Say(command.Title, about), "home",
            new ChangeModel(
                request.Key, command, about, state.Version, Guid.NewGuid().ToString("N"),
                command.GivesVersion ? await DifferenceAsync(request, state, about.Number).ConfigureAwait(false) : null,
                command.GivesVersion ? (await request.Service<KeyDesk>().CostAsync(request.Stored, request.Stop).ConfigureAwait(false)).Summary : null));
    }

    private static async Task<DifferenceModel> DifferenceAsync(ConsoleRequest request, LearningKeyState state, int version)
    {
        var desk = request.Service<KeyDesk>();
        var current = CurrentPlaybook.Of(state, request.Service<LearningRules>().Learning);
        return DifferenceModel.Of(
            current.ReachesPrompts ? $"version {current.Version}, which sessions get" : "no playbook, as sessions get none",
            await desk.PlaybookAsync(request.Stored, current.ReachesPrompts ? current.Version : 0, request.Caller, request.Stop).ConfigureAwait(false),
            $"version {version}",
            await desk.PlaybookAsync(request.Stored, version, request.Caller, request.Stop).ConfigureAwait(false));
    }

    private static async Task<string> ChangeAsync(ConsoleRequest request, IFormCollection form, KeyCommand command)
    {
        var about = new KeyTarget(
            command.Takes is KeyCommandTakes.Version or KeyCommandTakes.Experiment ? Whole(form, "number") : 0, command.Takes is KeyCommandTakes.Entry ? form["entry"].ToString() : "");
        var by = By(request, form);
        await MakeAsync(
            request, command.GivesVersion ? about.Number : null, by, Asked(command.Takes, about, by.Reason),
            (key, signed) => command.Change(key, about, signed)).ConfigureAwait(false);
        return Addresses.Key(request.Key);
    }

    /// <summary>Makes a change through the API's desk, and records the request for the audit.</summary>
    public static async Task MakeAsync(
        ConsoleRequest request, int? version, Attribution by, object what, Func<ILearningKeyGrain, Attribution, Task<KeyChange>> change)
    {
        var (context, desk) = (request.Context, request.Service<KeyDesk>());
        var asked = JsonSerializer.SerializeToElement(what, AtlasJson.Options);
        context.Features.Set(new AuditNote(request.Key) { Request = asked });
        await desk.StateAsync(request.Stored, request.Caller, request.Stop).ConfigureAwait(false);
        await desk.ChangeAsync(request.Stored, request.Caller, version, by, change, context).ConfigureAwait(false);
        context.Features.Set(context.Features.Get<AuditNote>()! with { Request = asked });
    }

    private static object Asked(KeyCommandTakes takes, KeyTarget about, string? reason) => takes switch
    {
        KeyCommandTakes.Version => new { version = about.Number, reason },
        KeyCommandTakes.Experiment => new { experiment = about.Number, reason },
        KeyCommandTakes.Entry => new { entry = about.Entry, reason },
        _ => new { reason },
    };

    /// <summary>Returns the author, the reason, and the version that the change is limited to.</summary>
    public static Attribution By(ConsoleRequest request, IFormCollection form)
    {
        var reason = form["reason"].ToString().Trim();
        return reason.Length is > 0 and <= LongestReason
            ? new Attribution(request.Caller.Name, reason)
            {
                OperationId = Operation.Of(request.Context)?.Id,
                OnlyAtVersion = Seen(form),
            }
            : throw Problem.InvalidRequest.With($"Give a reason of 1 to {LongestReason} characters. It is stored in the history.");
    }

    /// <summary>Returns the version that the form was made for.</summary>
    public static int Seen(IFormCollection form) => Whole(form, "seen");

    private static int Whole(IFormCollection form, string name) =>
        int.TryParse(form[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Problem.InvalidRequest.With($"The form's field '{name}' must be a whole number.");
}
