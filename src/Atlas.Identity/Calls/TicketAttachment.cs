namespace Atlas.Identity.Calls;

/// <summary>Attaches a ticket to every call of a client.</summary>
/// <remarks>The request context that contains it ends with the call, and does not stay with the application.</remarks>
internal sealed class TicketAttachment(AtlasCredential credential) : IOutgoingGrainCallFilter
{
    private readonly string _ticket = CallTicket.Of(credential);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(CallTicket.Key, _ticket);
        return context.Invoke();
    }
}
