using System.Globalization;
using System.Text.Json;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Learning.Journal;
using Atlas.Pages.Frame;

namespace Atlas.Pages.Keys;

/// <summary>What the page of a change shows before somebody confirms it.</summary>
/// <param name="Key">The key as the reader writes it.</param>
/// <param name="Command">The change.</param>
/// <param name="Number">The version or experiment that it is about; null for none.</param>
/// <param name="Newest">The newest version: the change is made only while it is that.</param>
/// <param name="Operation">The identity of the change, so that it is made once.</param>
/// <param name="Difference">What sessions will be told otherwise; null where nothing follows at once.</param>
public sealed record ChangeModel(string Key, KeyCommand Command, int? Number, int Newest, string Operation, DifferenceModel? Difference);

/// <summary><c>/key/change</c>: roll back, promote, pin, stage, freeze and what ends them, and experiments.</summary>
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
        var number = command.Takes switch
        {
            KeyCommandTakes.Version => request.Version("version") ?? state.Version,
            KeyCommandTakes.Experiment => request.Version("number"),
            _ => null,
        };
        return new ConsolePage(
            typeof(ChangePage), command.Say(command.Title, number), "home",
            new ChangeModel(
                request.Key, command, number, state.Version, Guid.NewGuid().ToString("N"),
                command.GivesVersion ? await DifferenceAsync(request, state, number!.Value).ConfigureAwait(false) : null));
    }

    private static async Task<DifferenceModel> DifferenceAsync(ConsoleRequest request, LearningKeyState state, int version)
    {
        var desk = request.Service<KeyDesk>();
        var current = state.Served?.Version ?? state.Version;
        return DifferenceModel.Of(
            $"version {current}, which sessions are given",
            await desk.PlaybookAsync(request.Stored, current, request.Caller, request.Stop).ConfigureAwait(false),
            $"version {version}",
            await desk.PlaybookAsync(request.Stored, version, request.Caller, request.Stop).ConfigureAwait(false));
    }

    private static async Task<string> ChangeAsync(ConsoleRequest request, IFormCollection form, KeyCommand command)
    {
        var number = command.Takes is KeyCommandTakes.Nothing ? (int?)null : Whole(form, "number");
        var by = By(request, form);
        await MakeAsync(request, number, by, (key, signed) => command.Change(key, number ?? 0, signed)).ConfigureAwait(false);
        return Addresses.Key(request.Key);
    }

    /// <summary>Makes a change by the desk of the API, and writes down what was asked.</summary>
    public static async Task MakeAsync(ConsoleRequest request, int? version, Attribution by, Func<ILearningKeyGrain, Attribution, Task<KeyChange>> change)
    {
        var (context, desk) = (request.Context, request.Service<KeyDesk>());
        var asked = JsonSerializer.SerializeToElement(new { version, reason = by.Reason });
        context.Features.Set(new AuditNote(request.Key) { Request = asked });
        await desk.StateAsync(request.Stored, request.Caller, request.Stop).ConfigureAwait(false);
        await desk.ChangeAsync(request.Stored, request.Caller, version, by, change, context).ConfigureAwait(false);
        context.Features.Set(context.Features.Get<AuditNote>()! with { Request = asked });
    }

    /// <summary>Who changes what why, and on which version only.</summary>
    public static Attribution By(ConsoleRequest request, IFormCollection form)
    {
        var reason = form["reason"].ToString().Trim();
        return reason.Length is > 0 and <= LongestReason
            ? new Attribution(request.Caller.Name, reason)
            {
                OperationId = Operation.Of(request.Context)?.Id,
                OnlyAtVersion = Whole(form, "seen"),
            }
            : throw Problem.InvalidRequest.With($"Say why, in 1 to {LongestReason} characters: it goes into the history.");
    }

    private static int Whole(IFormCollection form, string name) =>
        int.TryParse(form[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Problem.InvalidRequest.With($"The form's field '{name}' is a whole number.");
}
