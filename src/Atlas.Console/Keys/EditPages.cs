using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Http.Access;
using Atlas.Http.Keys;
using Atlas.Http.Problems;
using Atlas.Learning.Playbooks;
using Atlas.Pages.Frame;

namespace Atlas.Pages.Keys;

/// <summary>The model of the page for editing a playbook.</summary>
/// <param name="Key">The key as the reader writes it.</param>
/// <param name="Edited">The version that is edited.</param>
/// <param name="Document">The document as entered in the form.</param>
/// <param name="Reason">The reason, as far as it was entered.</param>
/// <param name="Operation">The identity of the change.</param>
public sealed record EditModel(string Key, int Edited, string Document, string Reason, string Operation)
{
    /// <summary>Gets what is wrong with the document; null if nothing is, or it was not checked yet.</summary>
    public string? Trouble { get; init; }

    /// <summary>Gets the resulting playbook; null before a preview.</summary>
    public LearnedPlaybook? Preview { get; init; }

    /// <summary>Gets what the edit changes.</summary>
    public DifferenceModel? Difference { get; init; }
}

/// <summary><c>/key/edit</c>: the document of a playbook, a preview of the result, and the new version.</summary>
internal static class EditPages
{
    public static void Map(ConsoleRoutes routes)
    {
        routes.Page("/key/edit", Scopes.Govern, async request =>
        {
            var (playbook, newest) = await NewestAsync(request).ConfigureAwait(false);
            return Page(new EditModel(request.Key, newest, PlaybookDocument.Export(playbook), "", Guid.NewGuid().ToString("N")));
        });
        routes.Preview("/key/edit", Scopes.Govern, PreviewAsync);
        routes.Form("/key/save", Scopes.Govern, "EditPlaybook", SaveAsync);
    }

    private static async Task<ConsolePage> PreviewAsync(ConsoleRequest request, IFormCollection form)
    {
        var (before, newest) = await NewestAsync(request).ConfigureAwait(false);
        var document = form["document"].ToString();
        var model = new EditModel(request.Key, ChangePages.Seen(form), document, form["reason"].ToString(), Guid.NewGuid().ToString("N"));
        if (model.Edited != newest)
        {
            // Saving would undo a change that the author of this document has not seen.
            return Page(model with { Trouble = $"Version {newest} has replaced version {model.Edited} in the meantime. Copy what you changed, and edit the newest version." });
        }

        try
        {
            var after = PlaybookDocument.Import(document);
            return Page(model with { Preview = after, Difference = DifferenceModel.Of($"version {newest}", before, "after this edit", after) });
        }
        catch (PlaybookFormatException wrong)
        {
            return Page(model with { Trouble = wrong.Message });
        }
    }

    private static async Task<string> SaveAsync(ConsoleRequest request, IFormCollection form)
    {
        LearnedPlaybook playbook;
        try
        {
            playbook = PlaybookDocument.Import(form["document"].ToString());
        }
        catch (PlaybookFormatException wrong)
        {
            throw Problem.Refused.With(wrong.Message);
        }

        var by = ChangePages.By(request, form);
        await ChangePages.MakeAsync(
            request, null, by, new { reason = by.Reason }, (key, signed) => key.Import(playbook, PlaybookCause.Edit, signed)).ConfigureAwait(false);
        return Addresses.Key(request.Key);
    }

    private static ConsolePage Page(EditModel model) => new(typeof(EditPage), $"Edit {model.Key}", "home", model)
    {
        Status = model.Trouble is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };

    private static async Task<(LearnedPlaybook Playbook, int Version)> NewestAsync(ConsoleRequest request)
    {
        var state = await request.Service<KeyDesk>().StateAsync(request.Stored, request.Caller, request.Stop).ConfigureAwait(false);
        return (state.Playbook, state.Version);
    }
}
