namespace Atlas.Identity.Calls;

/// <summary>Gives every call of a client its ticket.</summary>
/// <remarks>The context that it is put into ends with the call; it does not stay with the application.</remarks>
internal sealed class TicketAttachment(AtlasCredential credential) : IOutgoingGrainCallFilter
{
    private readonly string _ticket = CallTicket.Of(credential);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(CallTicket.Key, _ticket);
        return context.Invoke();
    }
}
