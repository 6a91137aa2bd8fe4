"""Which words of config.json decide neither tensors nor cache? By name; what is not here may matter.

Rotations, norms' epsilons, scales, activations, routing, training, tokens, generation, and how the file was made. A
word that matters to one model type and not to another does not belong here.
"""

from __future__ import annotations

from typing import Final

_PRETRAINED: Final = """
    architectures auto_map attn_implementation bad_words_ids begin_suppress_tokens
    chunk_size_feed_forward cross_attention_hidden_size diversity_penalty do_sample dtype early_stopping
    encoder_no_repeat_ngram_size exponential_decay_length_penalty finetuning_task id2label is_decoder
    is_encoder_decoder label2id length_penalty max_length min_length model_type name_or_path no_repeat_ngram_size
    num_beam_groups num_beams num_return_sequences output_attentions output_hidden_states output_scores prefix
    problem_type pruned_heads remove_invalid_values repetition_penalty return_dict return_dict_in_generate
    suppress_tokens task_specific_params temperature tf_legacy_loss tie_encoder_decoder tokenizer_class top_k top_p
    torch_dtype torchscript transformers_version typical_p use_bfloat16 use_cache unsloth_fixed unsloth_version
    cache_implementation generation_config quantization quantization_config compression_config expert_dtype
    pretraining_tp ep_size max_seq_len context_length max_sequence_length seq_length context_window_size
    initial_context_length original_max_position_embeddings n_ctx prefill_chunk_size tensor_parallel_shards
    max_batch_size num_logits_to_keep is_llama_config internal_version
"""
_NUMBERS: Final = """
    activation activation_function activation_situ_beta activation_situ_linear_beta activation_dropout
    attention_dropout attention_in_multiplier attention_multiplier attention_out_multiplier attention_value_scale
    attn_logit_softcapping attn_pdrop attn_scale attn_temperature_tuning attention_softmax_in_fp32 clip_qkv
    dim_model_base embd_pdrop embedding_multiplier embedding_initializer_range final_logit_softcapping floor_scale
    hc_eps hc_sinkhorn_iters hidden_act hidden_activation hidden_dropout hidden_dropout_prob
    attention_probs_dropout_prob initializer_range init_std input_jitter_noise key_multiplier layer_norm_eps
    layer_norm_epsilon layernorm_epsilon lm_head_multiplier logit_scale logits_scaling mamba_chunk_size chunk_size
    mamba_hidden_act mamba_norm_before_gate mlp_hidden_act mlp_multipliers moe_norm_min norm_eps output_multiplier
    output_gate_type post_norm_eps qk_scale_factor query_pre_attn_scalar resid_pdrop residual_dropout
    residual_in_fp32 residual_multiplier rescale_prenorm_residual rms_norm_eps rms_norm_epsilon scale_depth scale_emb
    ssm_in_multiplier ssm_multipliers ssm_out_multiplier swiglu_alpha swiglu_limit swiglu_limits
    swiglu_limits_shared time_step_floor time_step_limit time_step_max time_step_min
    time_step_scale time_step_init_scheme mixer_rms_eps scale_embedding layerdrop
    scale_attn_weights scale_attn_by_inverse_layer_idx reorder_and_upcast_attn scale_attention_softmax_in_fp32
    attention_softmax_in_fp32 summary_type summary_use_proj summary_activation summary_proj_to_labels
    summary_first_dropout apply_residual_connection_post_layernorm slow_but_exact offset_alibi lambda_std_dev
    norm_type emb_pdrop embedding_fraction init_device verbose use_flash_attn norm_epsilon embedding_dropout
    resid_dropout embed_dropout classifier_dropout dropout rescale_every logits_soft_cap w_init_variance_scale
    final_w_init_variance_scale xielu_init full_attn_alpha_factor full_attn_beta_factor linear_attn_alpha_factor
    linear_attn_beta_factor mlp_alpha_factor mlp_beta_factor z_loss_coefficient enable_moe_fp32_combine
    router_scaling_factor altup_active_idx altup_coef_clip activation_sparsity_pattern attn_dropout_prob
    logits_softmax_in_fp32 bf16 fp16 fp32 use_dynamic_ntk use_logn_attn use_cache_kernel use_cache_quantization
    keep_window_size afn kda_safe_gate kda_lower_bound apply_query_key_layer_scaling bias_dropout_fusion rotary
    mlp_type chunkwise_kernel
    sequence_kernel step_kernel return_last_states autocast_kernel_dtype eps inference_state_dtype gate_soft_cap
    output_logit_soft_cap max_inference_chunksize norm_reduction_force_float32 hidden_mamba_act
    attn_mode fuse_norm fuse_cross_entropy fuse_linear_cross_entropy use_l2warp split_ngram_parts
    hc_magnitude learnable_sink_init index_kpool_always_select_tail mhc
    log_scaling_n_floor log_scaling_alpha logits_mup_width_multiplier rms_norm_eps_moe_gate chain_hidden_post_norm
    mtp_hidden_states_first qk_l2_clip_threshold rel_l2_clip_threshold mlp_gate_softcap mlp_up_softcap pooling
    dense_seq_output fused_bias_fc fused_dropout_add_ln max_trained_positions moe_impl rotary_emb_fraction
    use_xentropy head_size_divisor layer_norm_type pack_qkv emb_pooler feed_forward_type pad_vocab_size_multiple
    version slice_mode use_image_id audio_chunk_length audio_pool_step chunk_input init_audio init_tts init_vision
    listen_speak_type residual_gate_temperature shared_expert_sink number_of_conv_states
    seed indexer_compress_ratio sinusoidal_pos_embds deterministic_flash_attn sparse_prediction
    sparse_pred_ignore_index local_attention linear_allow_neg_eigval linear_a_log_min linear_a_log_max linear_dt_min
    linear_dt_max linear_dt_init_floor predict_special_tokens
    use_gemma_norm use_associative_scan use_mamba_kernels use_mambapy mup_enabled attn_output_gate mamba_dt_init_floor
    mamba_dt_limit mamba_dt_max mamba_dt_min rmsnorm block_norm_eps block_out_init_scale block_mlp_init_scale
    block_use_swiglu block_use_xavier_init conv_use_xavier_init conv_dim conv_dim_out block_dim
    use_pos_enc
    mlp_expansion_factor normalization_function add_swa_attention_sink_bias gelu_limit hidden_size_multiplier
"""
_ROTATIONS: Final = """
    attn_temperature_scale beta_fast beta_slow compress_rope_parameters compress_rope_theta layer_rope_theta
    partial_rotary_factor partial_rotary_factors position_embedding_type rope_dim rope_interleave rope_interleaved
    rope_local_base_freq rope_parameters rope_percent rope_pct rope_scaling rope_theta rope_type rotary_dim
    rotary_emb_base rotary_pct swa_rope_parameters swa_rope_theta theta indexer_rope_interleave original_rope
    use_rope mrope_section max_window_positions attn_temperature_len yarn_only_types use_rope_scaling
    nope_layer_interval rope_scaling_layers
"""
_ROUTING: Final = """
    aux_loss_alpha aux_loss_coef expert_selection_fn load_balance_coeff moe_apply_router_weight_on_input
    moe_renormalize moe_routed_scaling_factor moe_router_activation_func moe_router_dtype
    moe_router_logit_softcapping moe_router_scaling_factor moe_router_use_sigmoid moe_shared_expert_overlap n_group
    norm_expert_weight norm_topk_prob num_expert_group output_router_logits route_norm route_scale
    routed_scaling_factor router_aux_loss_coef router_dtype router_jitter_noise router_z_loss_coef score_func
    score_function scoring_func seq_aux shared_expert_combination_strategy topk_group topk_method use_expert_bias
    use_grouped_topk use_moe_router_bias use_routing_bias index_share_for_mtp_iteration index_block_size
    index_topk_blocks index_local_blocks need_fp32_gate moe_router_bias gating_types
    moe_router_enable_expert_bias enable_lm_head_fp32 enable_attention_fp32_softmax output_dropout norm_head
    use_rmsnorm norm_softmax using_split_qkv_in_self_attention
"""
# What sees or hears, beside a text model's own words; and multi-token prediction, which is sized by one word alone.
_OTHERS: Final = """
    audio_config audio_processor_config img_token_compression_config image_processor_config
    image_grid_pinpoints image_seq_length image_size mm_tokens_per_image preprocessor_config processor_config
    projector_bias projector_hidden_act projector_hidden_size speech_config video_config vision vision_config
    vision_feature_layer vision_feature_select_strategy vision_select_layer vision_lora speech_lora visual
    embd_layer img_processor audio_processor talker_config token2wav_config code2wav_config enable_audio_output
    enable_talker spatial_merge_size temporal_patch_size tokens_per_second position_id_per_seconds
    mtp_hybrid_override_pattern mtp_layer_types mtp_layers_block_type mtp_mlp_layer_types mtp_num_hidden_layers
    num_mtp_modules mtp_transformer_layers mtp_use_dedicated_embeddings mtp_loss_scaling_factor mtp_share_layers
    prefix_dense_sliding_window_pattern sliding_window_size attention_sink_size nextn_predict_layers_config
    add_full_attention_sink_bias qk_head_dim n_params qk_norm_type use_unified_vision_chunk ignore_index
    transformers.js_config perceiver_config pixel_shuffle_factor use_resampler slice_config tts_config query_num
    lm_head rm_head batch_vision_input drop_vision_last_layer vision_batch_size use_mla
"""
HARMLESS: Final = frozenset(" ".join((_PRETRAINED, _NUMBERS, _ROTATIONS, _ROUTING, _OTHERS)).split())


def is_harmless(word: str) -> bool:
    """Whether a word decides nothing of a model's size, by its name: these, tokens, and what is private to a tool."""
    return (
        word in HARMLESS or word.startswith(("_", "mm_")) or word.endswith(("_token_id", "_token_index", "_token_ids"))
    )
