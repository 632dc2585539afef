"""One module per question of the product: engine and parameters in, a frozen result out."""
