using Microsoft.Extensions.AI;

namespace ShopDesk;

public sealed class DeskAgent(IChatClient model, OrderTools tools)
{
    private const string SystemPrompt = "You are the desk of a shop. " + "Look an order up before you change it.";

    public async Task<string> AnswerAsync(string question, CancellationToken cancellation)
    {
        var options = new ChatOptions
        {
            Tools =
            [
                AIFunctionFactory.Create(tools.GetOrder, "get_order"),
                AIFunctionFactory.Create(tools.Refund),
                AIFunctionFactory.Create(() => DateTimeOffset.UtcNow.ToString("u"), "now", "Tell the time."),
            ],
        };
        ChatMessage[] messages = [new(ChatRole.System, SystemPrompt), new(ChatRole.User, question)];
        return (await model.GetResponseAsync(messages, options, cancellation)).Text;
    }
}
